/// The HTTP interface: results of a stream, its pace and mode, problems by RFC 9457.
@NullMarked
package dev.aerie.frames.web;

import org.jspecify.annotations.NullMarked;
