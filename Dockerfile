# Two steps: one makes everything with the same script as `make setup`, the other keeps what runs.
FROM python:3.12-slim-bookworm AS build
WORKDIR /app
COPY requirements requirements
COPY package.json package-lock.json .npmrc ./
COPY scripts scripts
COPY locale locale
COPY templates templates
COPY static static
COPY manage.py ./
COPY ui ui
COPY workspaces workspaces
COPY strategy strategy
COPY networks networks
COPY contacts contacts
COPY exchanges exchanges
COPY resources resources
COPY journey journey
COPY netcrm netcrm
RUN python scripts/bootstrap.py \
 && STATIC_MANIFEST=1 DATA_DIR=build/data .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && rm -rf node_modules build/node build/data

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin netcrm
WORKDIR /app
COPY --from=build /app /app
COPY LICENSE ./
RUN mkdir data && chown netcrm data
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_MANIFEST=1
USER netcrm
VOLUME /app/data
EXPOSE 8000
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "netcrm.wsgi:application"]
