/// The HTTP interface: results of a stream, its settings and prompts, problems by RFC 9457.
@NullMarked
package dev.aerie.frames.web;

import org.jspecify.annotations.NullMarked;
