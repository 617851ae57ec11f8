/// `./aerie token`: who may do what over HTTP.
@NullMarked
package dev.aerie.cli.token;

import org.jspecify.annotations.NullMarked;
