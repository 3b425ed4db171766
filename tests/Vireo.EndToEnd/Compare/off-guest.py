# What a guest that does not run is asked for: the error's code, domain and text of each call.
# usage: off-guest.py URI GUEST FOLDER
import sys

import libvirt
import libvirt_qemu

uri, name, folder = sys.argv[1:]
libvirt.registerErrorHandler(lambda *_: None, None)
connection = libvirt.open(uri)
d = connection.lookupByName(name)
RNG = "<rng model='virtio'><backend model='random'>/dev/random</backend></rng>"


def stream():
    return connection.newStream()


CALLS = {
    'destroy': lambda: d.destroy(),
    'suspend': lambda: d.suspend(),
    'resume': lambda: d.resume(),
    'shutdown': lambda: d.shutdown(),
    'shutdownFlags': lambda: d.shutdownFlags(1),
    'reboot': lambda: d.reboot(0),
    'reset': lambda: d.reset(0),
    'save': lambda: d.save(folder + '/save'),
    'managedSave': lambda: d.managedSave(0),
    'coreDump': lambda: d.coreDump(folder + '/core', 0),
    'screenshot': lambda: d.screenshot(stream(), 0),
    'sendKey': lambda: d.sendKey(0, 0, [30], 1),
    'injectNMI': lambda: d.injectNMI(0),
    'blockStats': lambda: d.blockStats('vda'),
    'blockStatsFlags': lambda: d.blockStatsFlags('vda'),
    'interfaceStats': lambda: d.interfaceStats('vnet0'),
    'memoryStats': lambda: d.memoryStats(),
    'memoryPeek': lambda: d.memoryPeek(0, 10, 2),
    'jobInfo': lambda: d.jobInfo(),
    'abortJob': lambda: d.abortJob(),
    'migrateSetMaxDowntime': lambda: d.migrateSetMaxDowntime(100),
    'migrateCC': lambda: d.migrateSetCompressionCache(1 << 20),
    'migrateMaxSpeed': lambda: d.migrateSetMaxSpeed(17) or d.migrateGetMaxSpeed() == 17 or 1 / 0,
    'migrateMaxSpeedPostcopy': lambda: d.migrateSetMaxSpeed(17, 1),
    'migrateMaxSpeedTooMuch': lambda: d.migrateSetMaxSpeed(1 << 43),
    'migrateMaxSpeedPostcopyTooMuch': lambda: d.migrateSetMaxSpeed(1 << 44, 1),
    'postcopy': lambda: d.migrateStartPostCopy(0),
    'blockPull': lambda: d.blockPull('vda'),
    'blockRebase': lambda: d.blockRebase('vda', None),
    'blockCopy': lambda: d.blockCopy('vda', "<disk type='file'><source file='/nowhere/copy'/></disk>"),
    'blockJobInfo': lambda: d.blockJobInfo('vda'),
    'blockJobAbort': lambda: d.blockJobAbort('vda'),
    'blockJobSetSpeed': lambda: d.blockJobSetSpeed('vda', 1),
    'blockResize': lambda: d.blockResize('vda', 1 << 23, 1),
    'setMemoryLive': lambda: d.setMemoryFlags(30000, 1),
    'setVcpusLive': lambda: d.setVcpusFlags(1, 1),
    'attachLive': lambda: d.attachDeviceFlags(RNG, 1),
    'detachLive': lambda: d.detachDeviceFlags(RNG, 1),
    'updateLive': lambda: d.updateDeviceFlags(RNG, 1),
    'attach': lambda: d.attachDevice(RNG),
    'detachAlias': lambda: d.detachDeviceAlias('rng0', 1),
    'pinVcpu': lambda: d.pinVcpu(0, (True, )),
    'pinVcpuLive': lambda: d.pinVcpuFlags(0, (True, ), 1),
    'emulatorPinLive': lambda: d.emulatorPinInfo(1),
    'schedulerParametersLive': lambda: d.schedulerParametersFlags(1),
    'memoryParametersLive': lambda: d.memoryParameters(1),
    'blkioParametersLive': lambda: d.blkioParameters(1),
    'numaParametersLive': lambda: d.numaParameters(1),
    'interfaceParametersLive': lambda: d.interfaceParameters('vnet0', 1),
    'blockIoTuneLive': lambda: d.blockIoTune('vda', 1),
    'openConsole': lambda: d.openConsole(None, stream(), 0),
    'openChannel': lambda: d.openChannel(None, stream(), 0),
    'openGraphicsFD': lambda: d.openGraphicsFD(0, 0),
    'diskErrors': lambda: d.diskErrors(),
    'fsTrim': lambda: d.fSTrim(None, 0),
    'fsFreeze': lambda: d.fsFreeze(),
    'fsThaw': lambda: d.fsThaw(),
    'fsInfo': lambda: d.fsInfo(),
    'hostname': lambda: d.hostname(),
    'interfaceAddresses': lambda: d.interfaceAddresses(1),
    'getTime': lambda: d.getTime(),
    'setTime': lambda: d.setTime({'seconds': -1, 'nseconds': 0}),
    'syncTime': lambda: d.setTime(None, 1),
    'setUserPassword': lambda: d.setUserPassword('a', 'b'),
    'getCPUStats': lambda: d.getCPUStats(True),
    'controlInfo': lambda: d.controlInfo(),
    'perfEventsLive': lambda: d.perfEvents(1),
    'iothreadInfo': lambda: d.ioThreadInfo(1),
    'addIOThread': lambda: d.addIOThread(3, 1),
    'delIOThread': lambda: d.delIOThread(3, 1),
    'setIOThread': lambda: d.setIOThreadParams(1, {'poll_max_ns':1}, 1),
    'guestInfo': lambda: d.guestInfo(0),
    'backupXML': lambda: d.backupGetXMLDesc(),
    'blockThreshold': lambda: d.setBlockThreshold('vda', 1),
    'lifecycleLive': lambda: d.setLifecycleAction(0, 0, 1),
    'dirtyRate': lambda: d.startDirtyRateCalc(1),
    'memoryStatsPeriodLive': lambda: d.setMemoryStatsPeriod(1, 1),
    'metadataLive': lambda: d.setMetadata(0, 'x', None, None, 1),
    'getMetadataLive': lambda: d.metadata(0, None, 1),
    'authorizedKeys': lambda: d.authorizedSSHKeysGet('a'),
    'monitor': lambda: libvirt_qemu.qemuMonitorCommand(d, '{}', 0),
    'agent': lambda: libvirt_qemu.qemuAgentCommand(d, '{}', 1, 0),
    'vcpuLive': lambda: d.setVcpu('0', 1, 1),
}

for call, ask in CALLS.items():
    try:
        ask()
        print(call, 'done')
    except libvirt.libvirtError as e:
        print(call, e.get_error_code(), e.get_error_domain(), e.get_error_message().replace(folder, 'ROOT'))
