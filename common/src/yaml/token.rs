//! The tokens between scanner and parser, and how both of them fail.

use std::borrow::Cow;

use super::ScalarStyle;

/// What a token is; the names are libyaml's.
#[derive(Debug)]
pub(super) enum TokenKind<'s> {
    StreamEnd,
    Version(u8, u8),
    TagDirective { handle: &'s str, prefix: Cow<'s, str> },
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(&'s str),
    Anchor(&'s str),
    Tag { handle: &'s str, suffix: Cow<'s, str> },
    Scalar(Cow<'s, str>, ScalarStyle),
}

/// A token with its bytes and its line (from 0).
#[derive(Debug)]
pub(super) struct Token<'s> {
    pub kind: TokenKind<'s>,
    pub start: usize,
    pub end: usize,
    pub line: u32,
}

/// A spot in the text: offset and line (from 0).
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub pos: usize,
    pub line: u32,
}

impl Token<'_> {
    pub fn mark(&self) -> Mark {
        Mark { pos: self.start, line: self.line }
    }
}

/// Who failed: Go's messages count lines differently for the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Scanner,
    Parser,
}

/// Why reading stopped.
#[derive(Debug)]
pub(super) struct Failure {
    pub message: Cow<'static, str>,
    pub stage: Stage,
    /// Where the construct begins that went wrong, if known.
    pub context: Option<Mark>,
    pub problem: Mark,
}

pub(super) type Scan<T> = Result<T, Box<Failure>>;

impl Failure {
    pub fn parser<T>(message: &'static str, context: Option<Mark>, problem: Mark) -> Scan<T> {
        Err(Box::new(Self { message: message.into(), stage: Stage::Parser, context, problem }))
    }

    /// The line that yaml.v3 3.0.1 names (`decode.go`, `parser.fail`), from 1; `None` where it names none.
    pub fn go_line(&self) -> Option<u32> {
        let context = self.context.map_or(0, |mark| mark.line);
        let line = if context == 0 { self.problem.line } else { context };
        (line != 0).then(|| if self.stage == Stage::Scanner { line + 1 } else { line })
    }
}
