/// Recordings of Rerun (`.rrd`), as its version 0.33 reads them.
@NullMarked
package dev.aerie.cli.rerun;

import org.jspecify.annotations.NullMarked;
