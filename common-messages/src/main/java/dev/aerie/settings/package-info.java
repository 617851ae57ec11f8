/// What an operator may set by environment variables, with the one line that refuses a wrong value.
@NullMarked
package dev.aerie.settings;

import org.jspecify.annotations.NullMarked;
