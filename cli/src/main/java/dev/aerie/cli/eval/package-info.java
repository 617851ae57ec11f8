/// `./aerie eval`: accuracy on labelled data.
@NullMarked
package dev.aerie.cli.eval;

import org.jspecify.annotations.NullMarked;
