using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Native.Interop;

/// <summary>Typed parameters, from and to C.</summary>
static unsafe class Parameters
{
    /// <summary>The caller's parameters.</summary>
    /// <exception cref="VireoException">One has a type that there is not.</exception>
    internal static TypedParameter[] Read(CTypedParameter* parameters, int count)
    {
        var read = new TypedParameter[count];
        for (int i = 0; i < count; i++)
            read[i] = Read(&parameters[i]);
        return read;
    }

    static TypedParameter Read(CTypedParameter* from)
    {
        string name = Name(from);
        return (ParameterType)from->Type switch
        {
            ParameterType.Int => new(name, from->Int),
            ParameterType.UInt => new(name, from->UInt),
            ParameterType.Long => new(name, from->Long),
            ParameterType.ULong => new(name, from->ULong),
            ParameterType.Double => new(name, from->Double),
            ParameterType.Boolean => new(name, from->Boolean != 0),
            ParameterType.String => new(name, CMemory.Read(from->Text) ?? throw VireoException.InvalidArgument(ErrorDomain.None, $"NULL string parameter '{name}'")),
            _ => throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.None, $"parameter '{name}' not supported"),
        };
    }

    /// <summary>A parameter's name, which fills its field at most.</summary>
    internal static string Name(CTypedParameter* of)
    {
        var field = new ReadOnlySpan<byte>(of->Name, CTypedParameter.NameSize);
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    internal static void Write(CTypedParameter* to, in TypedParameter from)
    {
        *to = default;
        CMemory.Fill(to->Name, CTypedParameter.NameSize, from.Name);
        to->Type = (int)from.Type;
        switch (from.Type)
        {
            case ParameterType.Int: to->Int = from.AsInt; break;
            case ParameterType.UInt: to->UInt = from.AsUInt; break;
            case ParameterType.Long: to->Long = from.AsLong; break;
            case ParameterType.ULong: to->ULong = from.AsULong; break;
            case ParameterType.Double: to->Double = from.AsDouble; break;
            case ParameterType.Boolean: to->Boolean = from.AsBoolean ? (sbyte)1 : (sbyte)0; break;
            default: to->Text = CMemory.Text(from.AsString); break;
        }
    }

    /// <summary>Gives parameters in memory of their own, for virTypedParamsFree.</summary>
    internal static CTypedParameter* Give(ReadOnlySpan<TypedParameter> from)
    {
        var made = CMemory.New<CTypedParameter>((nuint)from.Length);
        for (int i = 0; i < from.Length; i++)
            Write(&made[i], from[i]);
        return made;
    }

    /// <summary>As many as there is room for; without room says how many there are.</summary>
    internal static int Give(ReadOnlySpan<TypedParameter> from, CTypedParameter* to, int* count)
    {
        if (*count is 0)
        {
            *count = from.Length;
            return 0;
        }
        *count = Math.Min(*count, from.Length);
        for (int i = 0; i < *count; i++)
            Write(&to[i], from[i]);
        return 0;
    }

    /// <summary>Frees the texts of parameters, and leaves the array.</summary>
    internal static void Clear(CTypedParameter* parameters, int count)
    {
        if (parameters is null)
            return;
        for (int i = 0; i < count; i++)
        {
            if (parameters[i].Type is (int)ParameterType.String)
            {
                CMemory.Free(parameters[i].Text);
                parameters[i].Text = null;
            }
        }
    }

    /// <summary>Frees an array of parameters and its texts.</summary>
    internal static void Free(CTypedParameter* parameters, int count)
    {
        Clear(parameters, count);
        CMemory.Free(parameters);
    }
}
