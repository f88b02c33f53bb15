//! The search against one that tries everything, on small spans, over several honours and generated records.
