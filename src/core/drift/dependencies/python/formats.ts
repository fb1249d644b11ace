/** Manifests and lockfiles of Python and Conda. */
import { type KnownFormat, unread } from '../format';

export const PYTHON: readonly KnownFormat[] = [
  {
    names: [
      'pyproject.toml',
      'setup.py',
      'setup.cfg',
      'Pipfile',
      'Pipfile.lock',
      'poetry.lock',
      'uv.lock',
      'pdm.lock',
      'pylock.toml',
      'constraints.txt',
      'requirements.in',
      'pip.conf',
    ],
    format: unread('pypi'),
  },
  { form: /^(?:requirements|constraints)[\w.-]*\.(?:txt|in)$/i, format: unread('pypi') },
  {
    names: ['environment.yml', 'environment.yaml', 'conda-lock.yml', 'pixi.toml', 'pixi.lock'],
    format: unread('conda'),
  },
];
