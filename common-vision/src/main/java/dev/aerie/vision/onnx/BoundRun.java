package dev.aerie.vision.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.aerie.settings.Device;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/// Runs of a session some of whose tensors stay on its device, by ONNX Runtime's binding of inputs and outputs.
///
/// Every native object that a run makes is released at its end, but for the outputs that stay, which their
/// [DeviceMemory] owns.
final class BoundRun {

    /// Names of ONNX Runtime's allocators.
    private static final String CPU = "Cpu";

    private static final String CUDA = "Cuda";

    private static final Addresses ADDRESSES = Addresses.find();

    private BoundRun() {}

    /// Whether tensors can stay on `device`.
    static boolean isPossibleOn(Device device) {
        return (device == Device.CPU || device == Device.CUDA) && OrtCApi.get().isPresent();
    }

    /// Throws [IllegalStateException] where runs cannot be bound.
    static OrtCApi api() {
        return OrtCApi.get()
                .orElseThrow(
                        () -> new IllegalStateException("this ONNX Runtime has no binding of tensors to a device"));
    }

    /// - `device`: the session's
    /// - `in`, `out`: lent; those on the device are read and written there
    static void run(OrtSession session, Device device, Map<String, Tensor> in, Map<String, Tensor> out)
            throws OrtException {
        MemorySegment address = ADDRESSES.of(session);
        List<String> names = List.copyOf(out.keySet());
        try (var binding = api().binding(address);
                var memory = api().memory(device == Device.CUDA ? CUDA : CPU)) {
            for (Map.Entry<String, Tensor> input : in.entrySet()) {
                api().bindInput(binding, input.getKey(), addressOf(input.getValue()));
            }
            for (String name : names) {
                if (requireTensor(out, name).isOnDevice()) {
                    api().bindOutputToDevice(binding, name, memory);
                } else {
                    api().bindOutput(binding, name, addressOf(requireTensor(out, name)));
                }
            }
            api().run(address, binding);
            keep(names, api().outputs(binding), out, device);
        }
    }

    private static void keep(List<String> names, List<NativeHandle> written, Map<String, Tensor> out, Device device)
            throws OrtException {
        var left = new ArrayDeque<>(written);
        try {
            for (String name : names) {
                Tensor tensor = requireTensor(out, name);
                if (!tensor.isOnDevice()) {
                    left.remove().close();
                    continue;
                }
                long elements = api().elements(left.element());
                if (elements != tensor.shape().elements()) {
                    throw new OrtException("'" + name + "' has " + elements + " numbers, not " + tensor.shape());
                }
                tensor.device().fill(left.remove(), tensor.spec(), device == Device.CPU);
            }
        } finally {
            left.forEach(NativeHandle::close);
        }
    }

    private static MemorySegment addressOf(Tensor tensor) {
        return tensor.isOnDevice() ? tensor.device().value(tensor.spec()).address() : ADDRESSES.of(tensor.value());
    }

    private static Tensor requireTensor(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + name + "'");
        }
        return tensor;
    }

    /// Where the objects of the Java interface have theirs in the C interface; they keep it to themselves.
    private record Addresses(MethodHandle ofSession, MethodHandle ofTensor) {

        static Addresses find() {
            try {
                var session = MethodHandles.privateLookupIn(OrtSession.class, MethodHandles.lookup())
                        .findGetter(OrtSession.class, "nativeHandle", long.class);
                var tensor = MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup())
                        .findVirtual(OnnxTensor.class, "getNativeHandle", MethodType.methodType(long.class));
                return new Addresses(session, tensor);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("ONNX Runtime's Java interface is of another version", e);
            }
        }

        MemorySegment of(OrtSession session) {
            return address(ofSession, session);
        }

        MemorySegment of(OnnxTensor tensor) {
            return address(ofTensor, tensor);
        }

        private static MemorySegment address(MethodHandle getter, Object object) {
            try {
                return MemorySegment.ofAddress((long) getter.invoke(object));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("ONNX Runtime's objects cannot be read", e);
            }
        }
    }
}
