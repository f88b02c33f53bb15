//! Stories of files as offices keep them: read, understood, refused.

mod files;
mod old_file;

mod reading;
mod shapes;
mod below;

mod xlsx_file;
mod messy;
mod formats;
mod fonts;
mod returning;
mod robust;
