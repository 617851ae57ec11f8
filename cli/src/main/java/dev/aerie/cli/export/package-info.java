/// `./aerie export`: a recording as a file that other programs open.
@NullMarked
package dev.aerie.cli.export;

import org.jspecify.annotations.NullMarked;
