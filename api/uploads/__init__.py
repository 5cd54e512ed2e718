"""Files that come in: what they really are (`kinds`), whether they are safe (`scanner`); for `api.service.files`."""
