//! The tree of one document: nodes in one arena, each with its bytes in the source.

use std::borrow::Cow;

use super::{Place, Source, Span};

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes: the only style whose text decides its type.
    Plain,
    /// 'like this'
    SingleQuoted,
    /// "like this"
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, number, boolean, null …
    Scalar(ScalarStyle),
    /// A list.
    Seq,
    /// A map; its children are key, value, key, value …
    Map,
    /// `*name`; stands for another node of the document.
    Alias,
}

/// A comment, without its `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment<'s> {
    /// From the `#` to the end of the line.
    pub span: Span,
    /// The text behind the `#`, blanks trimmed.
    pub text: &'s str,
}

pub(super) const NONE: u32 = u32::MAX;

/// One node. Children are a chain: `first_child`, then `next` of each.
#[derive(Clone, Debug)]
pub(super) struct NodeData<'s> {
    pub kind: Kind,
    /// A scalar's text, an alias's name, "" for collections.
    pub text: Cow<'s, str>,
    /// Explicit tag in short form (`!!str`, `!mine`), if any.
    pub tag: Option<Box<str>>,
    pub span: Span,
    pub first_child: u32,
    pub next: u32,
    /// For an alias the node it stands for.
    pub target: u32,
}

/// One document of a stream.
#[derive(Clone, Debug)]
pub struct Document<'s> {
    pub(super) source: &'s Source,
    pub(super) nodes: Vec<NodeData<'s>>,
    pub(super) root: u32,
    pub(super) comments: Vec<Comment<'s>>,
}

impl<'s> Document<'s> {
    /// The root node; `None` for a document without content.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        (self.root != NONE).then_some(NodeRef { document: self, id: self.root })
    }

    /// The text it was read from.
    pub fn source(&self) -> &'s Source {
        self.source
    }

    /// All comments, in order.
    pub fn comments(&self) -> &[Comment<'s>] {
        &self.comments
    }
}

/// A node of a document. Cheap to copy. Aliases are followed by every method except [`NodeRef::is_alias`] and
/// [`NodeRef::span`].
#[derive(Clone, Copy, Debug)]
pub struct NodeRef<'d> {
    document: &'d Document<'d>,
    id: u32,
}

impl<'d> NodeRef<'d> {
    pub(super) fn data(self) -> &'d NodeData<'d> {
        &self.document.nodes[self.target().id as usize]
    }

    fn own(self) -> &'d NodeData<'d> {
        &self.document.nodes[self.id as usize]
    }

    fn at(self, id: u32) -> Option<Self> {
        (id != NONE).then_some(Self { document: self.document, id })
    }

    /// The node an alias stands for; the node itself otherwise.
    pub fn target(self) -> Self {
        match self.own().kind {
            Kind::Alias => Self { document: self.document, id: self.own().target },
            _ => self,
        }
    }

    /// The name behind the `*` of an alias, "" for other nodes.
    pub fn name(self) -> &'d str {
        match self.own().kind {
            Kind::Alias => &self.own().text,
            _ => "",
        }
    }

    /// A number that is equal for equal nodes of one document.
    pub fn id(self) -> u32 {
        self.id
    }

    /// Whether it is written as `*name`.
    pub fn is_alias(self) -> bool {
        self.own().kind == Kind::Alias
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.data().kind
    }

    /// Whether it is a map.
    pub fn is_map(self) -> bool {
        self.kind() == Kind::Map
    }

    /// Whether it is a list.
    pub fn is_seq(self) -> bool {
        self.kind() == Kind::Seq
    }

    /// The literal text of a scalar, whatever its type.
    pub fn text(self) -> Option<&'d str> {
        matches!(self.kind(), Kind::Scalar(_)).then(|| &*self.data().text)
    }

    /// The explicit tag in short form, such as `!!str`.
    pub fn tag(self) -> Option<&'d str> {
        self.data().tag.as_deref()
    }

    /// The bytes where it stands (an alias: those of `*name`).
    pub fn span(self) -> Span {
        self.own().span
    }

    /// Where it stands, for people.
    pub fn place(self) -> Place {
        self.document.source.place(self.span())
    }

    /// The document it belongs to.
    pub fn document(self) -> &'d Document<'d> {
        self.document
    }

    /// The items of a list; nothing for other kinds.
    pub fn items(self) -> impl Iterator<Item = NodeRef<'d>> {
        let first = if self.is_seq() { self.data().first_child } else { NONE };
        std::iter::successors(self.at(first), |node| node.at(node.own().next))
    }

    /// Keys and values of a map as written (merge keys not expanded, duplicates kept); nothing for other kinds.
    pub fn entries(self) -> impl Iterator<Item = (NodeRef<'d>, NodeRef<'d>)> {
        let first = if self.is_map() { self.data().first_child } else { NONE };
        let pair = |key: NodeRef<'d>| Some((key, key.at(key.own().next)?));
        std::iter::successors(self.at(first).and_then(pair), move |(_, value)| {
            value.at(value.own().next).and_then(pair)
        })
    }

    /// The value of a key written in this very map (first one wins, merge keys not expanded).
    pub fn get(self, key: &str) -> Option<NodeRef<'d>> {
        self.entries().find(|(k, _)| k.text() == Some(key)).map(|(_, v)| v)
    }
}
