/// XML as the camera protocols use it: small trees, read without document types and external entities.
@NullMarked
package dev.aerie.ptz.xml;

import org.jspecify.annotations.NullMarked;
