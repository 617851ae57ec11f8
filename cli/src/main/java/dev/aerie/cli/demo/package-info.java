/// The whole fleet on this machine: starts every part as a separate process, supervises and ends them.
@NullMarked
package dev.aerie.cli.demo;

import org.jspecify.annotations.NullMarked;
