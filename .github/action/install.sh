#!/usr/bin/env bash
# Installs batchlint for the action into a virtual environment of its own: nothing at all where the cache held it, the
# wheel of the release where this ref of the action is one, and what the ref holds otherwise.
set -euo pipefail

python_of() { # of a virtual environment, on any system
  local python="$1/bin/python"
  [ -x "$python" ] || python="$1/Scripts/python.exe"
  printf '%s' "$python"
}

# Downloads the wheels of the release whose commit is the one that the action is pinned to; fails where there is none.
released_wheels() {
  [ -n "${ACTION_REPOSITORY:-}" ] && [ -n "${ACTION_REF:-}" ] && command -v gh >/dev/null || return 1
  local pinned released
  pinned=$(gh api "repos/$ACTION_REPOSITORY/commits/$ACTION_REF" --jq .sha 2>/dev/null) || return 1
  released=$(gh api "repos/$ACTION_REPOSITORY/commits/v$VERSION" --jq .sha 2>/dev/null) || return 1
  [ "$pinned" = "$released" ] || return 1
  gh release download "v$VERSION" --repo "$ACTION_REPOSITORY" --pattern '*.whl' --dir "$1" 2>/dev/null
}

if [ "${CACHED:-}" != true ] || ! "$(python_of "$FOLDER")" -I -c 'import batchlint' 2>/dev/null; then
  "$PYTHON" -I -m venv --clear "$FOLDER"
  pip=("$(python_of "$FOLDER")" -I -m pip --quiet --disable-pip-version-check)
  wheels=$(mktemp -d "$RUNNER_TEMP/wheels.XXXXXX")
  # pip chooses the wheel of this system among those of the release, and installs that file: no name is looked up.
  if released_wheels "$wheels/all" &&
    "${pip[@]}" download --no-index --no-deps --find-links "$wheels/all" --dest "$wheels/one" "batchlint==$VERSION"; then
    "${pip[@]}" install "$wheels"/one/*.whl
  else
    "${pip[@]}" install "$GITHUB_ACTION_PATH"
  fi
fi
echo "python=$(python_of "$FOLDER")" >> "$GITHUB_OUTPUT"
