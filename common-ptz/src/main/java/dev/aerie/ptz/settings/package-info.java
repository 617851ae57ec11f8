/// The cameras of an installation as `camera_settings.json` (`PTZ_CONFIG`) describes them.
@NullMarked
package dev.aerie.ptz.settings;

import org.jspecify.annotations.NullMarked;
