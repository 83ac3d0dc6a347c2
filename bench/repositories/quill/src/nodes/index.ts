export { Block, Inline, Node } from './node';
export { Code } from './code';
export { Emphasis } from './emphasis';
export { Heading, type HeadingLevel } from './heading';
export { Link } from './link';
export { List } from './list';
export { Paragraph } from './paragraph';
export { Quote } from './quote';
export { Text } from './text';
