package dev.aerie.service.config;

import dev.aerie.settings.Decoder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.WithDefault;

/// The setting of every service that decodes live video; nested in the service's own mapping, by
/// [io.smallrye.config.WithParentName].
@RegisterForReflection
public interface DecodingConfig {

    /// [dev.aerie.service.decode.ServiceDecoders] opens what it names.
    @WithDefault("${DECODER:software}")
    @Variable("what decodes video: `auto` takes the first hardware decoder of this machine that can be opened, else"
            + " software; with a named one that cannot be had the service does not start")
    Decoder decoder();
}
