package dev.aerie.messages;

import org.jspecify.annotations.Nullable;

/// Who made a message.
///
/// - `service`: its name in the fleet, `frame-processor`
/// - `instance`: which replica, `fp-1`
/// - `model`: what did the seeing, where something did: `yolox_nano`
public record Producer(
        String service, String instance, @Nullable String model) {

    public Producer {
        Require.text("producer.service", service);
        Require.text("producer.instance", instance);
    }

    public static Producer of(String service, String instance) {
        return new Producer(service, instance, null);
    }

    /// The name of a queue that only this replica reads: `frame-processor.laptop.events`.
    public String queue(String purpose) {
        return service + "." + instance + "." + purpose;
    }

    /// The same producer, seeing with `model`.
    public Producer with(String seeingModel) {
        return new Producer(service, instance, seeingModel);
    }
}
