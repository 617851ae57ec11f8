/// The machine code that services bring with them: loaded at their start, and what the system lacks for it is said in
/// one line with the package that brings it.
@NullMarked
package dev.aerie.natives;

import org.jspecify.annotations.NullMarked;
