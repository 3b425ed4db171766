// A Java program that calls the C library through JNA, from many threads, with callbacks, and survives its own faults. usage: java Program.java URI DOCUMENT
import com.sun.jna.*;
import com.sun.jna.ptr.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;

public class Program {
    public interface Lifecycle extends Callback { int told(Pointer conn, Pointer domain, int event, int detail, Pointer opaque); }
    public interface Freed extends Callback { void freed(Pointer opaque); }
    public interface Failed extends Callback { void failed(Pointer opaque, Pointer error); }

    public interface Libvirt extends Library {
        Libvirt IT = Native.load("libvirt.so.0", Libvirt.class);
        int virInitialize();
        void virSetErrorFunc(Pointer opaque, Failed failed);
        int virEventRegisterDefaultImpl();
        int virEventRunDefaultImpl();
        Pointer virConnectOpen(String uri);
        int virConnectClose(Pointer conn);
        String virConnectGetType(Pointer conn);
        Pointer virConnectGetHostname(Pointer conn);
        int virConnectGetLibVersion(Pointer conn, NativeLongByReference version);
        int virConnectDomainEventRegisterAny(Pointer conn, Pointer domain, int event, Lifecycle told, Pointer opaque, Freed freed);
        int virConnectDomainEventDeregisterAny(Pointer conn, int callback);
        int virConnectListAllDomains(Pointer conn, PointerByReference domains, int flags);
        Pointer virDomainLookupByName(Pointer conn, String name);
        Pointer virDomainDefineXML(Pointer conn, String document);
        String virDomainGetName(Pointer domain);
        int virDomainGetUUIDString(Pointer domain, byte[] text);
        Pointer virDomainGetXMLDesc(Pointer domain, int flags);
        int virDomainGetInfo(Pointer domain, Pointer info);
        int virDomainCreate(Pointer domain);
        int virDomainDestroy(Pointer domain);
        int virDomainUndefine(Pointer domain);
        int virDomainFree(Pointer domain);
        int virTypedParamsAddULLong(PointerByReference params, IntByReference used, IntByReference room, String name, long value);
        int virTypedParamsGetULLong(Pointer params, int used, String name, LongByReference value);
        void virTypedParamsFree(Pointer params, int used);
        int virGetLastErrorCode();
        String virGetLastErrorMessage();
    }

    static final Libvirt V = Libvirt.IT;
    static final List<String> told = new ArrayList<>();
    // Held here: nobody else keeps them from being collected.
    static final Lifecycle lifecycle = (conn, domain, event, detail, opaque) -> { told.add(V.virDomainGetName(domain) + ":" + event + ":" + detail); return 0; };
    static final Freed freed = opaque -> told.add("freed");
    static final Failed quiet = (opaque, error) -> { };

    static String text(Pointer from) {
        String text = from.getString(0);
        Native.free(Pointer.nativeValue(from));
        return text;
    }

    static int deeper(int level) { return deeper(level + 1) + 1; }

    static String busy(Pointer conn, int number) {
        int faults = 0;
        for (int round = 0; round < 50; round++) {
            if (V.virDomainLookupByName(conn, "absent" + number) != null) return "found what is not there";
            if (V.virGetLastErrorCode() != 42) return V.virGetLastErrorMessage();
            Pointer domain = V.virDomainLookupByName(conn, "test");
            if (domain == null || !V.virDomainGetName(domain).equals("test")) return V.virGetLastErrorMessage();
            if (!text(V.virDomainGetXMLDesc(domain, 0)).contains("<name>test</name>")) return "another document";
            V.virDomainFree(domain);
            try { String nothing = round < 1000 ? null : ""; nothing.length(); } catch (NullPointerException e) { faults++; }
            if (round % 25 == 0)
                try { deeper(0); } catch (StackOverflowError e) { faults++; }
        }
        return "well, faults " + faults;
    }

    public static void main(String[] arguments) throws Exception {
        V.virInitialize();
        V.virSetErrorFunc(null, quiet);
        V.virEventRegisterDefaultImpl();
        Pointer conn = V.virConnectOpen(arguments[0]);
        if (conn == null) { System.out.println("cannot open: " + V.virGetLastErrorMessage()); System.exit(1); }
        NativeLongByReference version = new NativeLongByReference();
        System.out.println("driver " + V.virConnectGetType(conn) + " " + text(V.virConnectGetHostname(conn)) + " " + V.virConnectGetLibVersion(conn, version) + " " + version.getValue());
        int callback = V.virConnectDomainEventRegisterAny(conn, null, 0, lifecycle, null, freed);
        Pointer domain = V.virDomainDefineXML(conn, Files.readString(Path.of(arguments[1])));
        byte[] uuid = new byte[37];
        System.out.println("create " + V.virDomainCreate(domain) + " " + V.virDomainCreate(domain) + " " + V.virGetLastErrorMessage() + " " + V.virDomainGetUUIDString(domain, uuid) + " " + Native.toString(uuid));
        Memory info = new Memory(40);
        System.out.println("info " + V.virDomainGetInfo(domain, info) + " " + info.getByte(0) + " " + info.getLong(8) + " " + info.getLong(16) + " " + info.getShort(24));
        PointerByReference domains = new PointerByReference();
        int count = V.virConnectListAllDomains(conn, domains, 0);
        TreeSet<String> names = new TreeSet<>();
        for (Pointer one : domains.getValue().getPointerArray(0, count)) { names.add(V.virDomainGetName(one)); V.virDomainFree(one); }
        Native.free(Pointer.nativeValue(domains.getValue()));
        System.out.println("domains " + names);
        PointerByReference params = new PointerByReference();
        IntByReference used = new IntByReference(), room = new IntByReference();
        LongByReference value = new LongByReference();
        System.out.println("typed " + V.virTypedParamsAddULLong(params, used, room, "x", -1) + V.virTypedParamsGetULLong(params.getValue(), used.getValue(), "x", value) + " " + value.getValue());
        V.virTypedParamsFree(params.getValue(), used.getValue());

        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) { int number = i; answers.add(threads.submit(() -> busy(conn, number))); }
        TreeSet<String> said = new TreeSet<>();
        for (Future<String> answer : answers) said.add(answer.get());
        threads.shutdown();
        System.out.println(answers.size() + " " + said);

        System.out.println("destroy " + V.virDomainDestroy(domain) + " undefine " + V.virDomainUndefine(domain) + " free " + V.virDomainFree(domain));
        while (told.isEmpty() || !told.get(told.size() - 1).endsWith(":1:0")) V.virEventRunDefaultImpl();
        System.out.println("deregister " + V.virConnectDomainEventDeregisterAny(conn, callback));
        while (!told.get(told.size() - 1).equals("freed")) V.virEventRunDefaultImpl();
        System.out.println(String.join(" ", told));
        System.out.println("close " + V.virConnectClose(conn));
    }
}
