# libvirtaio: libvirt's handles and timers in asyncio's loop; events, timers and an event-driven stream, while other things go on in the loop.
# usage: asyncio-loop.py URI DOCUMENT
import asyncio
import sys

import libvirt
import libvirtaio

uri, document = sys.argv[1], open(sys.argv[2]).read()
libvirt.registerErrorHandler(lambda context, error: None, None)


async def picture(conn, domain, loop):
    """Reads a screenshot as it comes."""
    stream, got, ended = conn.newStream(libvirt.VIR_STREAM_NONBLOCK), bytearray(), loop.create_future()
    print("picture", domain.screenshot(stream, 0))

    def ready(stream, events, opaque):
        if events & (libvirt.VIR_STREAM_EVENT_ERROR | libvirt.VIR_STREAM_EVENT_HANGUP):
            ended.set_result(f"broken {events}")
        piece = stream.recv(65536)
        if piece == -2:
            return
        if piece:
            got.extend(piece)
        else:
            stream.eventRemoveCallback()
            ended.set_result(opaque)

    try:
        stream.eventAddCallback(libvirt.VIR_STREAM_EVENT_READABLE | libvirt.VIR_STREAM_EVENT_ERROR | libvirt.VIR_STREAM_EVENT_HANGUP, ready, "whole")
    except libvirt.libvirtError as error:
        print("no events of this stream", error.get_error_code(), error)
        stream.abort()
        return
    print(await ended, bytes(got[1:4]), len(got) > 1000, stream.finish())


async def main():
    loop = asyncio.get_running_loop()
    libvirtaio.virEventRegisterAsyncIOImpl(loop)
    conn = libvirt.open(uri)
    seen, gone = [], loop.create_future()

    def lifecycle(conn, domain, event, detail, opaque):
        seen.append((domain.name(), event, detail, opaque))
        if event == libvirt.VIR_DOMAIN_EVENT_UNDEFINED:
            gone.set_result(None)

    callback = conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, lifecycle, "any")
    ticks, three = [], loop.create_future()

    def tick(timer, opaque):
        ticks.append(opaque)
        if len(ticks) == 3:
            libvirt.virEventUpdateTimeout(timer, -1)
            three.set_result(timer)

    libvirt.virEventAddTimeout(1, tick, "tick")
    domain = conn.defineXML(document)
    domain.create()
    # Blocking calls in threads, the loop goes on.
    names = await asyncio.gather(*(loop.run_in_executor(None, lambda: sorted(d.name() for d in conn.listAllDomains())) for _ in range(8)))
    print(names[0], all(one == names[0] for one in names))
    await picture(conn, domain, loop)
    print("removed", libvirt.virEventRemoveTimeout(await three), ticks)
    domain.destroy()
    domain.undefine()
    await gone
    print(seen)
    conn.domainEventDeregisterAny(callback)
    print("closed", conn.close())


asyncio.run(main())
