/// The whole fleet on this machine: starts every part as a process of its own, watches what they do, ends them.
@NullMarked
package dev.aerie.cli.demo;

import org.jspecify.annotations.NullMarked;
