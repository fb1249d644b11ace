/** Names that impostors imitate: widely used packages of PyPI, by hand, in the normal form of PEP 503. */
export const PYPI: ReadonlySet<string> = new Set(
  `absl-py accelerate aiobotocore aiofiles aiohttp aiosignal alembic altair annotated-types ansible anthropic anyio
  apache-airflow appdirs argcomplete arrow asgiref asyncpg attrs authlib awscli azure-core azure-identity babel bandit bcrypt
  beautifulsoup4 black bleach blinker bokeh boto3 botocore build cachetools celery certifi cffi chardet charset-normalizer
  click cloudpickle colorama coverage cryptography cython dask dataclasses datasets debugpy decorator defusedxml
  deprecated distlib distro django django-cors-headers django-filter djangorestframework dnspython docker docopt docutils
  email-validator exceptiongroup execnet faker fastapi filelock flake8 flask flask-cors flask-login flask-sqlalchemy fonttools
  frozenlist fsspec gensim gevent gitpython google-api-core google-auth google-cloud-storage googleapis-common-protos
  graphql-core greenlet grpcio gunicorn h11 hatchling httpcore httplib2 httptools httpx huggingface-hub hypothesis idna
  importlib-metadata importlib-resources iniconfig ipykernel ipython isort itsdangerous jaraco-classes jedi jinja2 jmespath
  joblib jsonschema jupyter jupyterlab keras keyring kiwisolver kubernetes langchain lightgbm llvmlite loguru lxml mako
  markdown markdown-it-py markupsafe marshmallow matplotlib mccabe mkdocs mock more-itertools msgpack multidict mypy
  mypy-extensions mysqlclient nbconvert networkx nltk notebook numba numpy oauthlib openai opencv-python openpyxl opentelemetry-api
  orjson packaging pandas paramiko parso pathspec pendulum pexpect pillow pipenv platformdirs plotly pluggy poetry pre-commit
  prometheus-client prompt-toolkit propcache protobuf psutil psycopg2 psycopg2-binary pyarrow pyasn1 pycodestyle pycparser
  pycryptodome pydantic pydantic-core pydantic-settings pyflakes pygithub pygments pyinstaller pyjwt pylint pymongo pymysql
  pynacl pyopenssl pyparsing pyserial pytest pytest-asyncio pytest-cov pytest-mock pytest-xdist python-dateutil python-dotenv
  python-jose python-multipart pytorch-lightning pytz pywin32 pyyaml pyzmq redis regex requests requests-oauthlib
  requests-toolbelt rich rsa ruamel-yaml ruff s3transfer scikit-image scikit-learn scipy scrapy seaborn selenium sentencepiece
  sentry-sdk setuptools setuptools-scm shapely simplejson six sniffio snowflake-connector-python sortedcontainers soupsieve
  spacy sphinx sqlalchemy sqlparse starlette statsmodels streamlit structlog sympy tabulate tenacity tensorboard tensorflow
  termcolor threadpoolctl tiktoken tokenizers toml tomli tomlkit torch torchvision tornado tox tqdm traitlets transformers twine
  twisted typer typing-extensions typing-inspection tzdata tzlocal ujson urllib3 uvicorn uvloop virtualenv watchdog watchfiles
  wcwidth websocket-client websockets werkzeug wheel wrapt xgboost xlrd xlsxwriter yarl zipp zope-interface`.split(
    /\s+/,
  ),
);
