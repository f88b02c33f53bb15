//! Stories of files as offices keep them: read, understood, refused.

mod files;

mod reading;
mod shapes;
