"""One image at full size: decoding, filters, zoom. Used by review and reading."""
