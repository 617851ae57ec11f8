/// The parts that services share for removing old files: how old a file is, and retries of failed removals.
@NullMarked
package dev.aerie.service.retention;

import org.jspecify.annotations.NullMarked;
