//! Posts from high to low, and which posts stand level with them on which days.

use crate::facts::Day;
use crate::law::{Mark, Row};
use crate::words::Words;

/// Leading posts with their levels, and posts that have none.
#[derive(Debug, Default)]
pub struct Posts {
    pub posts: Vec<Post>,
    pub equivalents: Vec<Row<Equivalent>>,
}

#[derive(Debug, Clone)]
pub struct Post {
    pub id: String,
    pub name: Words,
    /// High first; none for a post that stands level with others only by date, or with none at all.
    pub rank: Option<u32>,
}

#[derive(Debug, Clone)]
pub struct Equivalent {
    pub post: String,
    pub like: String,
}

impl Posts {
    /// The rank of a post on a day, through its equivalents; none for a post without a level on that day.
    pub fn rank(&self, post: &str, day: Day) -> Option<u32> {
        let like = self
            .equivalents
            .iter()
            .rev()
            .find(|row| row.value.post == post && row.holds(day) && row.mark != Mark::Never)
            .map_or(post, |row| row.value.like.as_str());
        self.posts.iter().find(|known| known.id == like)?.rank
    }

    /// Whether the file names the post.
    pub fn listed(&self, post: &str) -> bool {
        self.posts.iter().any(|known| known.id == post)
    }

    /// Whether a text could still say with which post it stands level on a day. A listed post that is never made
    /// equivalent, such as service in the forces, stands level with none and is not open.
    pub fn open(&self, post: &str, day: Day) -> bool {
        let dated = self.equivalents.iter().any(|row| row.value.post == post);
        self.rank(post, day).is_none() && (!self.listed(post) || dated)
    }

    /// The name of a post; its id where it is not listed.
    pub fn name(&self, post: &str) -> Words {
        self.posts.iter().find(|known| known.id == post).map_or_else(|| Words::same(post), |known| known.name.clone())
    }
}
