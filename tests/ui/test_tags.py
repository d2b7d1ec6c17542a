"""Components, icons, fields, panels: what the tags write."""

import re

import pytest
from django import forms
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from ui.forms import ChipBoxes, Chips, Combobox, DateInput, Segments


def render(source: str, request=None, **context) -> str:
    made = RequestContext(request, context) if request else Context(context)
    return Template(source).render(made).strip()


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_component_sees_its_arguments_and_not_the_page():
    drawn = render('{% component "card" title=word %}{{ secret }}{% endcomponent %}', word="<b>", secret="inside")
    assert "<h2>&lt;b&gt;</h2>" in drawn
    assert "inside" in drawn
    assert "sunk" not in render('{% component "card" %}x{% endcomponent %}', look="", title="sunk")


def test_components_nest_and_can_be_kept_for_later():
    source = (
        '{% component "chip_link" url="/a/" as link %}A{% endcomponent %}'
        '{% component "card" %}{% component "card" look="sunk" %}{{ link }}{% endcomponent %}{% endcomponent %}'
    )
    drawn = render(source)
    assert drawn.count("<section") == 2
    assert drawn.count("/a/") == 1


def test_a_component_knows_the_request_and_its_token():
    request = RequestFactory().get("/?q=a&page=x")
    page = type("Page", (), {"next": "abc", "previous": None})
    drawn = render('{% component "pagination" page=page target="rows" %}{% endcomponent %}', request, page=page)
    assert 'href="?q=a&amp;page=abc"' in drawn
    assert 'rel="prev"' not in drawn


def test_an_unknown_component_is_a_fault():
    with pytest.raises(Exception, match=r"components/nowhere\.html"):
        render('{% component "nowhere" %}{% endcomponent %}')


def test_an_icon_is_silent_unless_it_is_labelled():
    assert "aria-hidden=true" in render('{% icon "phone" %}')
    labelled = render('{% icon "phone" label=words %}', words='Call "him"')
    assert 'role="img" aria-label="Call &quot;him&quot;"' in labelled
    assert "icons.svg#phone" in labelled


def test_an_avatar_keeps_silent_beside_the_name():
    assert render('{% avatar "Claire Morvan" %}') == '<span class="avatar" aria-hidden="true">CM</span>'


@pytest.mark.parametrize(("cookie", "look"), [("dark", "dark"), ("light", "light"), ("", ""), ('"><script>', "")])
def test_the_theme_is_one_of_two_or_none(cookie, look):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert render("{% theme %}", request) == look
    assert render("{% theme %}") == ""


@pytest.mark.parametrize(
    ("text", "typed", "drawn"),
    [
        ("Hélène Brivel", "hele", "<mark>Hélè</mark>ne Brivel"),
        ("Paul Durand", " DUR ", "Paul <mark>Dur</mark>and"),
        ("Paul", "x", "Paul"),
        ("Paul", "", "Paul"),
        ("<Paul>", "paul", "&lt;<mark>Paul</mark>&gt;"),
        ("Straße", "strasse", "Straße"),
    ],
)
def test_what_was_typed_is_marked_in_the_name(text, typed, drawn):
    assert render("{{ text|marked:typed }}", text=text, typed=typed) == drawn


def test_pictures_carry_their_words():
    drawn = render('{% balance_bar 0.1 low 0.5 "said in words" %}', low=-0.2)
    assert "<title>said in words</title>" in drawn
    assert "I gave more" in drawn
    unknown = render('{% balance_bar None None None "nothing yet" %}')
    assert 'aria-hidden="true"><rect class="track"' in unknown
    assert "<text" not in unknown


def test_the_reliability_bar_shows_the_last_promises():
    drawn = render('{% reliability_bar 0.8 0.6 0.9 dots "words" %}', dots=["kept", "late"])
    assert drawn.count("<circle") == 2
    assert "most recent" in drawn


class Form(forms.Form):
    name = forms.CharField(help_text="As on the card.")
    sens = forms.ChoiceField(choices=[("a", "Given"), ("b", "Received")], widget=Segments(icons={"a": "plus"}))
    kind = forms.ChoiceField(choices=[(n, f"Kind {n}") for n in "abcd"], widget=Chips(shown=2))
    tags = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], widget=ChipBoxes, required=False)
    on = forms.DateField(widget=DateInput)
    who = forms.CharField(widget=Combobox(key="contact", url="/options/"))
    contact = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    role = forms.ChoiceField(choices=[("r", "Reader")])
    file = forms.FileField(required=False)


def test_every_field_of_a_form_is_labelled():
    drawn = str(Form())
    ids = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', drawn)) - {"id_contact"}
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', drawn))
    wrapped = set(re.findall(r'<label class="(?:tick|chip|segment)"><input[^>]* id="([^"]+)"', drawn))
    assert ids == labelled | wrapped
    assert drawn.count("<legend") == 3


def test_an_error_is_tied_to_its_field():
    drawn = str(Form({"sens": "z"}))
    assert re.search(
        r'name="name"[^>]*aria-invalid="true"[^>]*aria-describedby="id_name_helptext id_name_error"', drawn
    )
    assert 'id="id_name_error"' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert re.search(r'<fieldset class="field" aria-describedby="id_sens_error"', drawn)


def test_only_the_first_chips_are_in_sight_unless_a_hidden_one_is_chosen():
    assert "<details" in str(Form()["kind"])
    assert '<details class="chips__more" open>' in str(Form(initial={"kind": "d"})["kind"])
    assert "open" not in str(Form(initial={"kind": "a"})["kind"])


def test_chip_boxes_take_several_answers():
    drawn = str(Form(initial={"tags": ["x", "y"]})["tags"])
    assert drawn.count('type="checkbox"') == 2
    assert drawn.count("checked") == 2


def test_a_date_input_speaks_iso_in_every_language():
    import datetime

    with translation.override("fr"):
        assert 'type="date" name="on" value="2026-03-10"' in str(Form(initial={"on": datetime.date(2026, 3, 10)})["on"])


def test_a_combobox_names_its_options_and_its_key():
    drawn = str(Form()["who"])
    assert 'role="combobox"' in drawn
    assert 'data-url="/options/" data-key="contact"' in drawn
    assert 'aria-controls="id_who_list"' in drawn
    assert 'id="id_who_list" role="listbox"' in drawn


def test_hidden_fields_are_drawn_once():
    assert str(Form()).count('name="contact"') == 1
    assert Template("{{ form }}").render(Context({"form": Form({})})).count('name="contact"') == 1


@pytest.mark.parametrize("sort", ["name", "-name", "-last"])
def test_a_sorted_head_says_so_and_turns_round(sort):
    request = RequestFactory().get("/?page=x&tag=3")
    drawn = render(
        '{% component "sort_head" label="Name" key="name" sort=sort %}{% endcomponent %}', request, sort=sort
    )
    words = {"name": "ascending", "-name": "descending"}
    assert (f'aria-sort="{words[sort]}"' in drawn) if sort in words else "aria-sort" not in drawn
    assert ("sort=-name" in drawn) == (sort == "name")
    assert "page=" not in drawn
    assert "tag=3" in drawn


def test_a_column_may_begin_downwards():
    request = RequestFactory().get("/")
    source = '{% component "sort_head" label="Last" key="last" sort=sort first="-" %}{% endcomponent %}'
    assert "sort=-last" in render(source, request, sort="name")
    assert "sort=last" in render(source, request, sort="-last")


def test_a_tag_that_is_misspelt_is_a_fault():
    with pytest.raises(TemplateSyntaxError):
        Template("{% compenent 'card' %}{% endcompenent %}")


def test_lists_draw_their_small_pictures_without_a_template():
    drawn = render(
        "{% balance_miniature 0.1 -0.2 0.4 words %}{% promise_dots dots words %}", dots=["open"], words="<i>"
    )
    assert drawn.count("<title>&lt;i&gt;</title>") == 2
    assert "dot--open" in drawn


def test_what_is_kept_is_drawn_once_for_each_language():
    template = Template("{% kept %}{% translate 'Contacts' %} {% translate 'Search' %}{% endkept %}")
    said = []
    for language in ("fr", "en", "fr"):
        with translation.override(language):
            said.append(template.render(Context()))
    assert said == ["Contacts Chercher", "Contacts Search", "Contacts Chercher"]


def test_what_is_kept_sees_nothing_of_a_visitor():
    template = Template("{% kept %}<b>{{ name }}</b>{% endkept %}")
    assert [template.render(Context({"name": name})) for name in ("Paul", "Zoé")] == ["<b></b>", "<b></b>"]
