//! Executing a parsed template: Go 1.24 `text/template/exec.go`.

use std::borrow::Cow;
use std::collections::HashMap;

use gotmpl::parse::{BranchNode, CommandNode, Expr, ListNode, Node, Number, PipeNode, Pos, TemplateNode};

use super::data::Data;
use super::error::Failure;
use super::functions::{call, is_true};
use super::print::{format, print};

/// Nested blocks and templates; far beyond what anyone writes, far below what the stack holds.
const MAX_DEPTH: usize = 200;
/// Rounds of all `range` loops together.
const MAX_ROUNDS: usize = 1_000_000;

/// What a node says to the loop around it.
enum Flow {
    On,
    Break,
    Continue,
}

/// One execution.
pub(super) struct Executor<'t> {
    templates: &'t HashMap<String, ListNode>,
    variables: Vec<(Cow<'t, str>, Data)>,
    depth: usize,
    rounds: usize,
    pub out: String,
}

impl<'t> Executor<'t> {
    /// An execution that may call these templates.
    pub fn new(templates: &'t HashMap<String, ListNode>) -> Self {
        Self { templates, variables: Vec::new(), depth: 0, rounds: 0, out: String::new() }
    }

    /// Runs a body with `.` and `$` set to the data.
    pub fn run(&mut self, body: &'t ListNode, data: &Data) -> Result<(), Failure> {
        let outer = std::mem::replace(&mut self.variables, vec![("$".into(), data.clone())]);
        self.list(body, data)?;
        self.variables = outer;
        Ok(())
    }

    fn list(&mut self, list: &'t ListNode, dot: &Data) -> Result<Flow, Failure> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Failure::at(list.pos, "blocks and templates are nested too deep"));
        }
        let mut flow = Flow::On;
        for node in &list.nodes {
            flow = self.node(node, dot)?;
            if !matches!(flow, Flow::On) {
                break;
            }
        }
        self.depth -= 1;
        Ok(flow)
    }

    fn node(&mut self, node: &'t Node, dot: &Data) -> Result<Flow, Failure> {
        match node {
            Node::Text(text) => self.out.push_str(&text.text),
            Node::Action(action) => {
                let value = self.pipe(&action.pipe, dot)?;
                if action.pipe.decl.is_empty() {
                    self.out.push_str(&print(&value));
                }
            }
            Node::If(branch) => return self.scoped(|me| me.branch(branch, dot, Some(dot))),
            Node::With(branch) => return self.scoped(|me| me.branch(branch, dot, None)),
            Node::Range(branch) => {
                self.scoped(|me| me.range(branch, dot))?;
            }
            Node::Template(template) => self.template(template, dot)?,
            Node::List(list) => return self.list(list, dot),
            Node::Define(_) => {}
            Node::Break(_) => return Ok(Flow::Break),
            Node::Continue(_) => return Ok(Flow::Continue),
        }
        Ok(Flow::On)
    }

    /// Variables declared inside are gone afterwards.
    fn scoped<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T, Failure>) -> Result<T, Failure> {
        let known = self.variables.len();
        let result = run(self)?;
        self.variables.truncate(known);
        Ok(result)
    }

    /// `if` keeps a dot; `with`, given none to keep, sets it.
    fn branch(&mut self, branch: &'t BranchNode, dot: &Data, kept: Option<&Data>) -> Result<Flow, Failure> {
        let value = self.pipe(&branch.pipe, dot)?;
        match &branch.else_body {
            _ if is_true(&value) => self.list(&branch.body, kept.unwrap_or(&value)),
            Some(list) => self.list(list, dot),
            None => Ok(Flow::On),
        }
    }

    fn range(&mut self, branch: &'t BranchNode, dot: &Data) -> Result<(), Failure> {
        let value = self.pipe_value(&branch.pipe, dot)?;
        let entries: Vec<(Data, Data)> = match &value {
            Data::List(items) => items.iter().enumerate().map(|(i, v)| (Data::Int(i as i64), v.clone())).collect(),
            Data::Map(map) => map.entries.iter().map(|(k, v)| (Data::Text(k.clone()), v.clone())).collect(),
            Data::Int(count) if branch.pipe.decl.len() > 1 => {
                let message = format!("can't use {count} to iterate over more than one variable");
                return Err(Failure::at(branch.pos, message));
            }
            Data::Int(count) => {
                let count = usize::try_from(*count).unwrap_or_default().min(MAX_ROUNDS + 1);
                (0..count as i64).map(|i| (Data::Int(i), Data::Int(i))).collect()
            }
            Data::Nil => Vec::new(),
            other => {
                let message = format!("range can't iterate over {} (a {})", format(other), other.type_name());
                return Err(Failure::at(branch.pos, message));
            }
        };
        if entries.is_empty() {
            return match &branch.else_body {
                Some(list) => self.list(list, dot).map(|_| ()),
                None => Ok(()),
            };
        }
        let known = self.variables.len();
        for (key, value) in entries {
            self.rounds += 1;
            if self.rounds > MAX_ROUNDS {
                return Err(Failure::at(branch.pos, "range goes on for too long"));
            }
            self.bind_round(&branch.pipe, key, &value);
            let flow = self.list(&branch.body, &value)?;
            self.variables.truncate(known);
            if matches!(flow, Flow::Break) {
                break;
            }
        }
        Ok(())
    }

    /// One variable is the value, two are key and value.
    fn bind_round(&mut self, pipe: &'t PipeNode, key: Data, value: &Data) {
        match pipe.decl.as_slice() {
            [] => {}
            [name] => self.bind(name, value.clone(), pipe.is_assign),
            [first, second, ..] => {
                self.bind(first, key, pipe.is_assign);
                self.bind(second, value.clone(), pipe.is_assign);
            }
        }
    }

    fn bind(&mut self, name: &'t str, value: Data, assign: bool) {
        match self.variables.iter_mut().rev().find(|(known, _)| known == name) {
            Some((_, slot)) if assign => *slot = value,
            _ => self.variables.push((name.into(), value)),
        }
    }

    fn template(&mut self, node: &'t TemplateNode, dot: &Data) -> Result<(), Failure> {
        let templates = self.templates;
        let Some(body) = templates.get(node.name.as_str()) else {
            return Err(Failure::at(node.pos, format!("template {:?} not defined", node.name.as_str())));
        };
        let data = match &node.pipe {
            Some(pipe) => self.pipe(pipe, dot)?,
            None => Data::Nil,
        };
        self.run(body, &data)
    }

    fn pipe(&mut self, pipe: &'t PipeNode, dot: &Data) -> Result<Data, Failure> {
        let value = self.pipe_value(pipe, dot)?;
        for name in &pipe.decl {
            self.bind(name, value.clone(), pipe.is_assign);
        }
        Ok(value)
    }

    fn pipe_value(&mut self, pipe: &'t PipeNode, dot: &Data) -> Result<Data, Failure> {
        let mut value = None;
        for command in &pipe.commands {
            value = Some(self.command(command, dot, value)?);
        }
        Ok(value.unwrap_or_default())
    }

    fn command(&mut self, command: &'t CommandNode, dot: &Data, last: Option<Data>) -> Result<Data, Failure> {
        let Some((first, args)) = command.args.split_first() else { return Ok(Data::Nil) };
        match first {
            Expr::Identifier(pos, name) => self.function(*pos, name, args, dot, last),
            Expr::Nil(pos) => Err(Failure::at(*pos, "nil is not a command")),
            first if args.is_empty() && last.is_none() => self.expr(first, dot),
            Expr::Field(pos, names) | Expr::Variable(pos, _, names) | Expr::Chain(pos, _, names)
                if !names.is_empty() =>
            {
                // Go evaluates the field first: one that does not exist is the error it reports.
                self.expr(first, dot)?;
                let name = names.last().map_or("", |name| name.as_str());
                Err(Failure::at(*pos, format!("{name} has arguments but cannot be invoked as function")))
            }
            first => Err(Failure::at(first.pos(), "can't give argument to non-function")),
        }
    }

    fn function(
        &mut self,
        pos: Pos,
        name: &str,
        args: &'t [Expr],
        dot: &Data,
        last: Option<Data>,
    ) -> Result<Data, Failure> {
        if name == "and" || name == "or" {
            return self.and_or(pos, name, args, dot, last);
        }
        let mut values = args.iter().map(|arg| self.expr(arg, dot)).collect::<Result<Vec<_>, _>>()?;
        values.extend(last);
        call(name, &values).map_err(|message| Failure::at(pos, format!("error calling {name}: {message}")))
    }

    fn and_or(
        &mut self,
        pos: Pos,
        name: &str,
        args: &'t [Expr],
        dot: &Data,
        last: Option<Data>,
    ) -> Result<Data, Failure> {
        let mut value = None;
        for arg in args {
            let current = self.expr(arg, dot)?;
            if is_true(&current) == (name == "or") {
                return Ok(current);
            }
            value = Some(current);
        }
        let missing = || Failure::at(pos, format!("wrong number of args for {name}: want at least 1 got 0"));
        last.or(value).ok_or_else(missing)
    }

    fn expr(&mut self, expr: &'t Expr, dot: &Data) -> Result<Data, Failure> {
        match expr {
            Expr::Dot(_) => Ok(dot.clone()),
            Expr::Field(pos, names) => fields(*pos, dot.clone(), names),
            Expr::Variable(pos, name, names) => {
                let known = self.variables.iter().rev().find(|(known, _)| known == name.as_str());
                let Some((_, value)) = known else {
                    return Err(Failure::at(*pos, format!("undefined variable: {}", name.as_str())));
                };
                fields(*pos, value.clone(), names)
            }
            Expr::Chain(pos, inner, names) => {
                let value = self.expr(inner, dot)?;
                fields(*pos, value, names)
            }
            Expr::Identifier(pos, name) => self.function(*pos, name, &[], dot, None),
            Expr::Pipe(_, pipe) => self.pipe(pipe, dot),
            Expr::String(_, text) => Ok(Data::Text(text.clone())),
            Expr::Number(_, Number::Int(i)) => Ok(Data::Int(*i)),
            Expr::Number(pos, Number::Uint(u)) => Err(Failure::at(*pos, format!("{u} overflows int"))),
            Expr::Number(_, Number::Float(f)) => Ok(Data::Float(*f)),
            Expr::Bool(_, b) => Ok(Data::Bool(*b)),
            Expr::Nil(_) => Ok(Data::Nil),
        }
    }
}

/// Follows a chain of fields. Beyond a key that a map lacks everything is nothing; beyond one that is nil is an error.
fn fields(pos: Pos, mut value: Data, names: &[impl AsRef<str>]) -> Result<Data, Failure> {
    let mut nil_entry = false;
    for name in names {
        let name = name.as_ref();
        if nil_entry {
            return Err(Failure::at(pos, format!("nil pointer evaluating interface {{}}.{name}")));
        }
        nil_entry = matches!(&value, Data::Map(map) if map.entries.get(name) == Some(&Data::Nil));
        value = field(pos, &value, name)?;
    }
    Ok(value)
}

fn field(pos: Pos, value: &Data, name: &str) -> Result<Data, Failure> {
    let found = match value {
        Data::Struct(value) => value.get(name).cloned(),
        Data::Map(map) => Some(map.entries.get(name).cloned().unwrap_or_default()),
        Data::Nil => Some(Data::Nil),
        Data::NilPointer(of) => return Err(Failure::at(pos, format!("nil pointer evaluating *{of}.{name}"))),
        _ => None,
    };
    found.ok_or_else(|| Failure::at(pos, format!("can't evaluate field {name} in type {}", value.type_name())))
}
