//! The nodes of the document that is being parsed: adding, opening and closing them.

use std::borrow::Cow;

use super::document::{Kind, NONE, NodeData};
use super::parse::Parser;
use super::scan::{MAX_DEPTH, Stop, TokenKind};
use super::{ScalarStyle, Span};

impl<'s> Parser<'s> {
    pub(super) fn add(&mut self, kind: Kind, text: Cow<'s, str>, tag: Option<Box<str>>, span: Span) -> u32 {
        let id = self.nodes.len() as u32;
        self.nodes.push(NodeData { kind, text, tag, span, first_child: NONE, next: NONE, target: NONE });
        match self.open.last_mut() {
            None => self.root = id,
            Some((parent, last)) => {
                match *last {
                    NONE => self.nodes[*parent as usize].first_child = id,
                    previous => self.nodes[previous as usize].next = id,
                }
                *last = id;
            }
        }
        id
    }

    pub(super) fn begin(
        &mut self,
        kind: Kind,
        start: u32,
        anchor: Option<&'s str>,
        tag: Option<Box<str>>,
    ) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.stop("collections nest too deeply"));
        }
        let id = self.add(kind, "".into(), tag, Span { start, end: start });
        self.remember(anchor, id);
        self.open.push((id, NONE));
        Ok(())
    }

    pub(super) fn remember(&mut self, anchor: Option<&'s str>, id: u32) {
        if let Some(name) = anchor {
            self.anchors.insert(name, id);
        }
    }

    pub(super) fn close(&mut self, kind: &TokenKind<'static>, otherwise: &'static str) -> Result<(), Stop> {
        if !self.is(kind)? {
            return Err(self.stop(otherwise));
        }
        self.take();
        let end = self.last_end();
        self.end_collection(end);
        Ok(())
    }

    pub(super) fn end_collection(&mut self, end: u32) {
        if let Some((id, _)) = self.open.pop() {
            let span = &mut self.nodes[id as usize].span;
            span.end = end.max(span.start);
        }
    }

    /// Where the last child of the open collection ends.
    pub(super) fn last_end(&self) -> u32 {
        match self.open.last() {
            Some((_, NONE)) | None => 0,
            Some((_, last)) => self.nodes[*last as usize].span.end,
        }
    }

    pub(super) fn empty(&mut self, at: u32) {
        self.add(Kind::Scalar(ScalarStyle::Plain), "".into(), None, Span { start: at, end: at });
    }

    pub(super) fn empty_here(&mut self) -> Result<(), Stop> {
        let at = self.last_end();
        self.empty(at);
        Ok(())
    }
}
