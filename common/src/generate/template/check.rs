//! Names that Go rejects while parsing and gotmpl does not: unknown functions and variables, `break` outside of
//! `range`.

use gotmpl::parse::{BranchNode, CommandNode, DefineNode, Expr, ListNode, Node, PipeNode};

use super::error::Failure;
use super::functions::NAMES;

/// Checks the names in a template and in what it defines.
pub(super) fn names(top: &ListNode, defines: &[DefineNode]) -> Result<(), Failure> {
    for body in std::iter::once(top).chain(defines.iter().map(|define| &define.body)) {
        Scope { variables: vec!["$".into()], in_range: false }.list(body)?;
    }
    Ok(())
}

struct Scope {
    variables: Vec<String>,
    in_range: bool,
}

impl Scope {
    fn list(&mut self, list: &ListNode) -> Result<(), Failure> {
        list.nodes.iter().try_for_each(|node| self.node(node))
    }

    fn node(&mut self, node: &Node) -> Result<(), Failure> {
        match node {
            Node::Action(action) => self.pipe(&action.pipe),
            Node::If(branch) | Node::With(branch) => self.branch(branch, self.in_range),
            Node::Range(branch) => self.branch(branch, true),
            Node::Template(template) => template.pipe.as_ref().map_or(Ok(()), |pipe| self.pipe(pipe)),
            Node::List(list) => self.list(list),
            Node::Break(pos) if !self.in_range => Err(Failure::at(*pos, "{{break}} outside {{range}}")),
            Node::Continue(pos) if !self.in_range => Err(Failure::at(*pos, "{{continue}} outside {{range}}")),
            Node::Text(_) | Node::Define(_) | Node::Break(_) | Node::Continue(_) => Ok(()),
        }
    }

    fn branch(&mut self, branch: &BranchNode, in_range: bool) -> Result<(), Failure> {
        let known = self.variables.len();
        let outer = self.in_range;
        self.pipe(&branch.pipe)?;
        self.in_range = in_range;
        let with_pipe = self.variables.len();
        self.list(&branch.body)?;
        self.in_range = outer;
        self.variables.truncate(with_pipe);
        branch.else_body.as_ref().map_or(Ok(()), |list| self.list(list))?;
        self.variables.truncate(known);
        Ok(())
    }

    fn pipe(&mut self, pipe: &PipeNode) -> Result<(), Failure> {
        for (i, command) in pipe.commands.iter().enumerate() {
            self.command(command, i)?;
        }
        for name in &pipe.decl {
            if !pipe.is_assign {
                self.variables.push(name.to_string());
            } else if !self.variables.iter().any(|known| known == name.as_str()) {
                return Err(Failure::at(pipe.pos, format!("undefined variable {:?}", name.as_str())));
            }
        }
        Ok(())
    }

    fn command(&mut self, command: &CommandNode, stage: usize) -> Result<(), Failure> {
        if stage > 0
            && let Some(Expr::Bool(..) | Expr::Dot(..) | Expr::Nil(..) | Expr::Number(..) | Expr::String(..)) =
                command.args.first()
        {
            let message = format!("non executable command in pipeline stage {}", stage + 1);
            return Err(Failure::at(command.pos, message));
        }
        command.args.iter().try_for_each(|expr| self.expr(expr))
    }

    fn expr(&mut self, expr: &Expr) -> Result<(), Failure> {
        match expr {
            Expr::Identifier(pos, name) if !NAMES.contains(&name.as_str()) => {
                Err(Failure::at(*pos, format!("function {:?} not defined", name.as_str())))
            }
            Expr::Variable(pos, name, _) if !self.variables.iter().any(|known| known == name.as_str()) => {
                Err(Failure::at(*pos, format!("undefined variable {:?}", name.as_str())))
            }
            Expr::Pipe(_, pipe) => self.pipe(pipe),
            Expr::Chain(_, inner, _) => self.expr(inner),
            _ => Ok(()),
        }
    }
}
