/// The format of log lines.
@NullMarked
package dev.aerie.service.log;

import org.jspecify.annotations.NullMarked;
