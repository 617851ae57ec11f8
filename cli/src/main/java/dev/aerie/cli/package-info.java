/// The command `./aerie`: its subcommands, each in a package of its own.
@NullMarked
package dev.aerie.cli;

import org.jspecify.annotations.NullMarked;
