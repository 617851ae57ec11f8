/// Who an OpenID Connect issuer says a caller is: bearer tokens, and the login of browsers.
@NullMarked
package dev.aerie.service.oidc;

import org.jspecify.annotations.NullMarked;
