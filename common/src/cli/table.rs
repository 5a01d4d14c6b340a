//! Tables as `kubectl get` prints them: upper-case headers, columns separated by blanks, no lines.

use comfy_table::{Cell, presets};

/// Blanks between two columns.
const GAP: u16 = 2;

/// A table that grows row by row.
#[derive(Clone, Debug)]
pub struct Table {
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headers.
    pub fn new(header: &[&'static str]) -> Self {
        Self { header: header.to_vec(), rows: Vec::new() }
    }

    /// Adds a row. Colour may only be in its last cell, which needs no padding.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Its text; every line ends without blanks.
    pub fn text(&self, headers: bool) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING);
        if headers {
            table.set_header(self.header.iter().map(Cell::new));
        }
        for row in &self.rows {
            // An empty cell would shift what people count in columns.
            table.add_row(row.iter().map(|cell| Cell::new(if cell.is_empty() { "-" } else { cell })));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, GAP));
        }
        table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_without_borders() {
        let mut table = Table::new(&["NAME", "RESULT"]);
        table.row(vec!["a".into(), "new".into()]);
        table.row(vec!["日本-site".into(), String::new()]);
        assert_eq!(table.text(true), "NAME       RESULT\na          new\n日本-site  -\n");
        assert_eq!(table.text(false).lines().count(), 2);
    }
}
