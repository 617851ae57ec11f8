/// `./aerie certificate`.
@NullMarked
package dev.aerie.cli.certificate;

import org.jspecify.annotations.NullMarked;
