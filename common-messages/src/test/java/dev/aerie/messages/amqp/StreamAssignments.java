package dev.aerie.messages.amqp;

import com.rabbitmq.client.Channel;
import dev.aerie.messages.StreamEvent;
import java.lang.reflect.Proxy;
import java.util.List;

/// Assignments for tests of those who work on streams: no broker knows of them.
public final class StreamAssignments {

    private StreamAssignments() {}

    public static StreamAssignment of(StreamEvent started) {
        return new StreamAssignment(started, new UnackedSessions());
    }

    /// An assignment whose message is held on a channel that writes down what is said to the broker: `basicAck` when it
    /// is released, `basicNack` when it is given back.
    public static StreamAssignment held(StreamEvent started, List<String> said) {
        var held = new UnackedSessions();
        var assignment = new StreamAssignment(started, held);
        var channel = (Channel) Proxy.newProxyInstance(
                StreamAssignments.class.getClassLoader(), new Class<?>[] {Channel.class}, (_, method, _) -> {
                    said.add(method.getName());
                    return null;
                });
        held.add(assignment, new UnackedSessions.Claim(channel, 1));
        return assignment;
    }
}
