# The production image: built in one stage, run in another, as nobody in particular, on a file system that may be read-only.
# Everything that is installed is what uv.lock names. The database and the keys are outside: see docs/settings.md.
#   docker build -t wegwijzer .
#   docker run --read-only --env-file wegwijzer.env -p 8000:8000 wegwijzer
FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --frozen --no-dev --no-install-project
COPY engine engine
COPY ui_schema ui_schema
COPY api api
COPY flows flows
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 wegwijzer \
    && useradd --uid 10001 --gid wegwijzer --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin wegwijzer
WORKDIR /app
COPY --from=build /app/.venv /app/.venv
COPY flows flows
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WEGWIJZER_ENV=production
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["wegwijzer"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--flows", "/app/flows"]
