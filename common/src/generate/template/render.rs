//! Parsing a template once and executing it often.

use std::collections::HashMap;

use gotmpl::TemplateError;
use gotmpl::parse::{DefineNode, ListNode, Parser};

use super::data::Data;
use super::error::{Error, Failure};
use super::exec::Executor;
use super::{balance, check};

/// A parsed template. Parse it once per run, render it for each cluster and role.
#[derive(Debug)]
pub struct Template {
    name: String,
    source: String,
    templates: HashMap<String, ListNode>,
}

impl Template {
    /// Parses a template; the name is for messages and for `{{template}}`.
    ///
    /// # Errors
    /// What Go's parser rejects, with its place.
    pub fn parse(name: &str, source: &str) -> Result<Self, Error> {
        let fail = |failure: Failure| failure.locate(name, source);
        let parser = Parser::new(source, "{{", "}}").map_err(|error| syntax_error(name, error))?;
        balance::check(source).map_err(fail)?;
        let (top, defines) = parser.parse().map_err(|error| syntax_error(name, error))?;
        check::names(&top, &defines).map_err(fail)?;
        let templates = collect(name, top, defines).map_err(fail)?;
        Ok(Self { name: name.to_owned(), source: source.to_owned(), templates })
    }

    /// Executes the template.
    ///
    /// # Errors
    /// Fields that a struct does not have, functions called with wrong arguments and the like, with their place.
    pub fn render(&self, data: &Data) -> Result<String, Error> {
        let mut executor = Executor::new(&self.templates);
        if let Some(top) = self.templates.get(&self.name) {
            executor.run(top, data).map_err(|failure| failure.locate(&self.name, &self.source))?;
        }
        Ok(executor.out)
    }
}

/// Parses and executes a template in one go.
///
/// # Errors
/// As [`Template::parse`] and [`Template::render`].
pub fn render(name: &str, source: &str, data: &Data) -> Result<String, Error> {
    Template::parse(name, source)?.render(data)
}

/// All templates of a file by name. An empty body never replaces another one; two that are not empty are an error.
fn collect(name: &str, top: ListNode, defines: Vec<DefineNode>) -> Result<HashMap<String, ListNode>, Failure> {
    let mut templates = HashMap::from([(name.to_owned(), top)]);
    for define in defines {
        match templates.get(define.name.as_str()) {
            Some(_) if define.body.is_empty_tree() => {}
            Some(known) if !known.is_empty_tree() => {
                let message = format!("multiple definition of template {:?}", define.name.as_str());
                return Err(Failure::at(define.pos, message));
            }
            _ => {
                templates.insert(define.name.to_string(), define.body);
            }
        }
    }
    Ok(templates)
}

fn syntax_error(name: &str, error: TemplateError) -> Error {
    match error {
        TemplateError::Parse { line, col, message, .. } | TemplateError::Lex { line, col, message, .. } => {
            Error { name: name.to_owned(), line, column: col, message }
        }
        other => Error { name: name.to_owned(), line: 1, column: 1, message: other.to_string() },
    }
}
