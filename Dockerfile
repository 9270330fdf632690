# The web server, the worker and beat are one image with three commands; see docker-compose.yml.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 app

WORKDIR /srv/app
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.prod \
    BOOTSTRAP=0

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .

# Collecting needs settings and no server; none of these values is used again.
RUN SECRET_KEY=$(head -c 64 /dev/urandom | base64 -w0) ALLOWED_HOSTS=build SITE_ADDRESS=https://build MAIL_FROM=build@localhost \
    DATABASE_URL=postgres://build@localhost/build REDIS_URL=redis://localhost/0 \
    EMAIL_URL=smtp://localhost:25 python manage.py collectstatic --noinput

# For the signed heads of the trace; the volume takes over whose it is.
RUN install -d -o app /trace
USER app
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--timeout", "60", "--graceful-timeout", "30"]
