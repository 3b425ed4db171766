using System.Runtime.InteropServices;
using Vireo.Native.Exports;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Xunit;

namespace Vireo.Tests.Native;

/// <summary>Functions of the C library on the test driver, called through the pointers that are exported.</summary>
public unsafe class CallTests
{
    public CallTests() => NativeHost.Quiet();

    [Fact]
    public void A_domain_keeps_its_connection_open()
    {
        var host = new NativeHost();
        Handle* connection = host.Connection, domain = host.Domain();
        Assert.Equal(1, NativeHost.Close(connection));
        Assert.Equal(HandleKind.Connect, connection->Kind);
        Assert.Equal("test", Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<Handle*, byte*>)&CExports.virDomainGetName)(domain)));
        Assert.Equal(0, NativeHost.Free(domain));
    }

    [Fact]
    public void A_handle_of_another_kind_is_refused_in_the_words_of_its_own()
    {
        using var host = new NativeHost();
        Assert.Equal(-1, ((delegate* unmanaged<Handle*, int>)&CExports.virDomainSuspend)(host.Connection));
        Assert.Equal("7 6 invalid domain pointer in virDomainSuspend", NativeHost.LastError);
        Assert.Equal(-1, ((delegate* unmanaged<Handle*, int>)&CExports.virDomainSuspend)(null));
    }

    [Fact]
    public void The_next_call_that_succeeds_leaves_no_error()
    {
        using var host = new NativeHost();
        Assert.True(host.Domain("nobody") is null);
        Assert.StartsWith("42 12 ", NativeHost.LastError, StringComparison.Ordinal);
        Handle* domain = host.Domain();
        Assert.Equal("", NativeHost.LastError);
        Assert.Equal(0, NativeHost.Free(domain));
    }

    [Fact]
    public void A_read_only_connection_changes_nothing()
    {
        using var host = new NativeHost(readOnly: true);
        Handle* domain = host.Domain();
        Assert.Equal(-1, ((delegate* unmanaged<Handle*, int>)&CExports.virDomainDestroy)(domain));
        Assert.Equal("29 20 operation forbidden: read only access prevents virDomainDestroy", NativeHost.LastError);
        Assert.Equal(0, NativeHost.Free(domain));
    }

    [Fact]
    public void Texts_are_the_callers_to_free_and_lists_end_with_a_null()
    {
        using var host = new NativeHost();
        Handle** domains;
        int count = ((delegate* unmanaged<Handle*, Handle***, uint, int>)&CExports.virConnectListAllDomains)(host.Connection, &domains, 0);
        Assert.True(count >= 1);
        Assert.True(domains[count] is null);
        byte* xml = ((delegate* unmanaged<Handle*, uint, byte*>)&CExports.virDomainGetXMLDesc)(domains[0], 0);
        Assert.StartsWith("<domain", Marshal.PtrToStringUTF8((nint)xml), StringComparison.Ordinal);
        Libc.free(xml);
        for (int i = 0; i < count; i++)
            _ = NativeHost.Free(domains[i]);
        Libc.free(domains);
    }

    [Fact]
    public void Parameters_are_counted_first_and_cut_to_the_callers_room()
    {
        using var host = new NativeHost();
        Handle* domain = host.Domain();
        int count = 0;
        Assert.Equal(0, Get(null, &count));
        int all = count;
        Assert.True(all > 1);
        CTypedParameter* room = CMemory.New<CTypedParameter>((nuint)all);
        count = 1;
        Assert.Equal(0, Get(room, &count));
        Assert.Equal(1, count);
        Assert.NotEqual(0, room[0].Type);
        Assert.Equal(0, room[1].Type);
        count = -1;
        Assert.Equal(-1, Get(room, &count));
        Assert.EndsWith("*nparams in virDomainGetMemoryParameters must be zero or greater", NativeHost.LastError, StringComparison.Ordinal);
        Libc.free(room);
        _ = NativeHost.Free(domain);

        int Get(CTypedParameter* to, int* length) =>
            ((delegate* unmanaged<Handle*, CTypedParameter*, int*, uint, int>)&CExports.virDomainGetMemoryParameters)(domain, to, length, 0);
    }

    [Fact]
    public void A_missing_argument_is_named_as_in_the_header_of_libvirt()
    {
        using var host = new NativeHost();
        Assert.True(((delegate* unmanaged<Handle*, byte*, Handle*>)&CExports.virNetworkDefineXML)(host.Connection, null) is null);
        Assert.Equal("8 19 xml in virNetworkDefineXML must not be NULL", NativeHost.LastError);
    }

    [Fact]
    public void Errors_of_many_threads_end_with_them()
    {
        for (int i = 0; i < 200; i++)
        {
            var thread = new Thread(static () => _ = ((delegate* unmanaged<Handle*, int>)&CExports.virDomainSuspend)(null), maxStackSize: 256 * 1024);
            thread.Start();
            thread.Join();
        }
        Assert.Equal(-1, ((delegate* unmanaged<Handle*, int>)&CExports.virDomainSuspend)(null));
    }

    [Fact]
    public void What_the_driver_cannot_do_is_not_supported_but_a_wrong_handle_is_wrong()
    {
        using var host = new NativeHost();
        Handle* domain = host.Domain();
        int* descriptors;
        Assert.Equal(-1, ((delegate* unmanaged<Handle*, int**, uint, int>)&CExports.virDomainLxcOpenNamespace)(domain, &descriptors, 0));
        Assert.Equal("3 0 this function is not supported by the connection driver: virDomainLxcOpenNamespace", NativeHost.LastError);
        Assert.Equal(-1, ((delegate* unmanaged<Handle*, int**, uint, int>)&CExports.virDomainLxcOpenNamespace)(null, &descriptors, 0));
        Assert.Equal("7 6 invalid domain pointer in virDomainLxcOpenNamespace", NativeHost.LastError);
        _ = NativeHost.Free(domain);
    }
}
