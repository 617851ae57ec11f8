/// The file that describes an installation's cameras (`camera_settings.json`), as far as every service needs it.
@NullMarked
package dev.aerie.settings.cameras;

import org.jspecify.annotations.NullMarked;
