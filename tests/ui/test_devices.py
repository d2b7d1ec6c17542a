"""The page of sessions names a device as people do."""

import pytest
from django.utils.translation import override

from ui.devices import device_words

MOZILLA = "Mozilla/5.0"
KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {KIT} Chrome/120.0 Safari/537.36 Edg/120.0", "Edge, Windows"),
        (f"{MOZILLA} (Windows NT 10.0; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox, Windows"),
        (f"{MOZILLA} (iPhone; CPU iPhone OS 17_1 like Mac OS X) {KIT} Version/17.1 Safari/604.1", "Safari, iPhone"),
        (f"{MOZILLA} (Linux; Android 14; Pixel 8) {KIT} Chrome/120.0 Mobile Safari/537.36", "Chrome, Android"),
        (f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {KIT} Version/17.1 Safari/605.1", "Safari, Mac"),
        ("curl/8.4.0", "Appareil inconnu"),
        ("", "Appareil inconnu"),
    ],
)
def test_a_browser_and_a_system_are_named(user_agent, words):
    with override("fr"):
        assert device_words(user_agent) == words
