//! Tables whose last column is a sentence: beside the row where there is room, else on lines of its own below it.

use ztp_common::cli::Table;

use crate::words::{plain, wrapped};

/// Less room than this is not enough for a sentence.
const MIN_ROOM: usize = 36;

/// A table of short cells with a sentence at the end of each row.
pub struct StoryTable {
    table: Table,
    header: &'static str,
    stories: Vec<String>,
    /// The word of a row that has a colour, and the same in it.
    paints: Vec<Option<(String, String)>>,
}

impl StoryTable {
    /// A table with these headers, and one for the sentence.
    pub fn new(headers: &[&'static str], header: &'static str) -> Self {
        Self { table: Table::new(headers), header, stories: Vec::new(), paints: Vec::new() }
    }

    /// Adds a row. Cells have no colour.
    pub fn row(&mut self, cells: Vec<String>, story: impl Into<String>) {
        self.table.row(cells.iter().map(|cell| plain(cell)).collect());
        self.stories.push(plain(&story.into()));
        self.paints.push(None);
    }

    /// Gives a word of the last row a colour, where it stands first. Capitals tell states from names of objects.
    pub fn paint(&mut self, word: &str, painted: &str) {
        if let Some(paint) = self.paints.last_mut().filter(|_| !word.is_empty()) {
            *paint = Some((word.to_owned(), painted.to_owned()));
        }
    }

    /// Its text; empty without rows.
    pub fn text(&self, headers: bool, width: Option<u16>) -> String {
        if self.stories.is_empty() {
            return String::new();
        }
        let short = self.table.text(headers);
        let column = short.lines().map(|line| line.chars().count()).max().unwrap_or_default() + 2;
        let room = width.map(|width| usize::from(width).saturating_sub(column));
        let head = headers.then_some(self.header);
        let stories = head.into_iter().chain(self.stories.iter().map(String::as_str));
        let paints = head.map(|_| &None).into_iter().chain(&self.paints);
        let mut text = String::new();
        for ((line, story), paint) in short.lines().zip(stories).zip(paints) {
            let from = text.len();
            match (story, room) {
                ("", _) => text.push_str(line),
                (story, Some(room)) if room < MIN_ROOM && story.chars().count() > room => {
                    text.push_str(line);
                    if Some(story) != head {
                        text.push('\n');
                        text.push_str(wrapped(&format!("    {story}"), width).trim_end());
                    }
                }
                (story, room) => {
                    let lines = broken(story, room.unwrap_or(usize::MAX));
                    text.push_str(&format!("{line:column$}"));
                    text.push_str(&lines.join(&format!("\n{:column$}", "")));
                }
            }
            if let Some((word, painted)) = paint {
                let row = text.split_off(from);
                text.push_str(&row.replacen(word, painted, 1));
            }
            text.push('\n');
        }
        text
    }
}

/// A sentence in lines of a width; only words longer than that stick out.
fn broken(story: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in story.split_whitespace() {
        let used = lines.last().map_or(0, |line| line.chars().count());
        match lines.last_mut() {
            Some(line) if used == 0 => line.push_str(word),
            Some(line) if used + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_stands_beside_its_row_or_below_it() {
        let mut table = StoryTable::new(&["NAME"], "WHY");
        table.row(vec!["a-long-name".to_owned()], "one two three four five six seven eight nine ten");
        table.row(vec!["b".to_owned()], "");
        assert_eq!(
            table.text(true, Some(55)),
            "NAME         WHY\na-long-name  one two three four five six seven eight\n             nine ten\nb\n"
        );
        assert_eq!(
            table.text(true, Some(40)),
            "NAME         WHY\na-long-name\n    one two three four five six seven\n      eight nine ten\nb\n"
        );
        assert!(table.text(false, None).contains("nine ten"));
    }

    #[test]
    fn a_colour_moves_nothing() {
        let mut table = StoryTable::new(&["STATE", "NAME"], "WHY");
        table.row(vec!["Bad".to_owned(), "a".to_owned()], "no Bad luck");
        let text = table.text(true, None);
        table.paint("Bad", "<Bad>");
        assert_eq!(table.text(true, None), text.replacen("Bad", "<Bad>", 1));
    }
}
