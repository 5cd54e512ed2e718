"""The store's rules, written once for both engines, by what they are about."""
