using System.Runtime.InteropServices;

namespace Vireo.Native.Interop;

// The public structures of libvirt on x86-64: virX is CX here. Text in them is the receiver's to free unless the function says otherwise.

/// <summary>virError. Connection, domain and network have been empty since long ago, and stay.</summary>
unsafe struct CError
{
    public int Code, Domain;
    public byte* Message;
    public int Level;
    public void* Connection, Dom;
    public byte* Str1, Str2, Str3;
    public int Int1, Int2;
    public void* Network;
}

/// <summary>virTypedParameter: 96 bytes, the value at 88.</summary>
[StructLayout(LayoutKind.Explicit, Size = 96)]
unsafe struct CTypedParameter
{
    public const int NameSize = 80;
    [FieldOffset(0)] public fixed byte Name[NameSize];
    [FieldOffset(80)] public int Type;
    [FieldOffset(88)] public int Int;
    [FieldOffset(88)] public uint UInt;
    [FieldOffset(88)] public long Long;
    [FieldOffset(88)] public ulong ULong;
    [FieldOffset(88)] public double Double;
    [FieldOffset(88)] public sbyte Boolean;
    [FieldOffset(88)] public byte* Text;
}

/// <summary>virConnectCredential: one thing that the user is asked.</summary>
unsafe struct CConnectCredential
{
    public int Type;
    public byte* Prompt, Challenge, DefaultResult, Result;
    public uint ResultLength;
}

/// <summary>virConnectAuth: who asks the user.</summary>
unsafe struct CConnectAuth
{
    public int* Types;
    public uint TypeCount;
    public delegate* unmanaged<CConnectCredential*, uint, void*, int> Callback;
    public void* CallbackData;
}
