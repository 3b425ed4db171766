using Vireo.Drivers.Qemu.Security;
using Vireo.Host.Files;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Security;

public class GuestFilesTests
{
    static readonly Ids Guest = new(64055, 64055);

    static IEnumerable<GuestFile> Of(string devices, string more = "", string os = "") => GuestFiles.Of(DomainDef.Parse(
        $"<domain type='qemu'><name>d</name><memory>65536</memory>{more}<os><type>hvm</type>{os}</os><devices>{devices}</devices></domain>"), Guest);

    [Fact]
    public void Input_devices_tables_files_of_the_firmware_and_smart_cards_are_the_guests_and_go_back() => Assert.Equal(
        [new("/dev/input/event3", Guest, true), new("/dev/input/event4", Guest, true), new("/etc/pki/nssdb", Guest, true), new("/fw", Guest, true), new("/table", Guest, true)],
        Of("""
            <input type='evdev'><source dev='/dev/input/event3'/></input><input type='passthrough' bus='virtio'><source evdev='/dev/input/event4'/></input>
            <smartcard mode='host-certificates'><certificate>a</certificate><certificate>b</certificate><certificate>c</certificate><database>/etc/pki/nssdb</database></smartcard>
            """, "<sysinfo type='fwcfg'><entry name='opt/x/y' file='/fw'/></sysinfo>", "<acpi><table type='slic'>/table</table></acpi>"));

    [Fact]
    public void A_disks_own_label_holds_for_images_below_it_that_say_nothing() => Assert.Equal(
        [new("/top", new Ids(7, 8), true), new("/mid", new Ids(7, 8), false), new("/base", new Ids(9, 9), false)],
        Of("""
            <disk type='file' device='disk'><source file='/top'><seclabel model='dac' relabel='yes'><label>+7:+8</label></seclabel></source>
              <backingStore type='file'><format type='raw'/><source file='/mid'/>
                <backingStore type='file'><format type='raw'/><source file='/base'><seclabel model='dac' relabel='yes'><label>+9:+9</label></seclabel></source><backingStore/></backingStore>
              </backingStore><target dev='vda'/></disk>
            """));
}
