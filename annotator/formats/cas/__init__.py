"""UIMA CAS, which INCEpTION opens, as XMI and as JSON."""
