"""From one state of the documents to the next: revisions, the report on what is new, and the verbs that make it."""
