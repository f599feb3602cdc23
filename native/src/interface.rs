//! The functions that are called from Python, by ctypes. The only module with unsafe code: what comes from outside are
//! pointers.
#![allow(unsafe_code)]

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr;
use std::slice;

use crate::scanner::{Begin, Scanner, Separator, Why};

/// The number of this interface: another one is refused by the package.
pub const VERSION: u32 = 4;

/// What a scan passed over. The columns are the scanner's: they hold until it is called again.
#[repr(C)]
pub struct Outcome {
    /// How many requests.
    pub requests: usize,
    /// How many bytes, with the separators behind them.
    pub consumed: usize,
    /// Bytes of the requests themselves.
    pub size: i64,
    /// One number for each request ...
    pub offsets: *const i64,
    /// ... its length ...
    pub lengths: *const i64,
    /// ... its line ...
    pub lines: *const i64,
    /// ... and where that begins.
    pub line_offsets: *const i64,
    /// The ids, a line feed between two.
    pub ids: *const u8,
    /// How many bytes they are.
    pub ids_length: usize,
    /// Where in `data` the request begins at which the scan ended as new or known ...
    pub candidate: usize,
    /// ... and its length; 0 if there is none.
    pub candidate_length: usize,
    /// Where its id begins, counted from there ...
    pub candidate_id: usize,
    /// ... and ends.
    pub candidate_id_end: usize,
    /// What is found in it, where it ended as known.
    pub tag: u32,
}

/// A scanner, as the caller holds it; it is given up after a panic.
pub struct Handle(Option<Scanner>);

/// The number of this interface.
#[no_mangle]
pub extern "C" fn bl_version() -> u32 {
    VERSION
}

/// A scanner by the text of a usual schema and the limits of a run (`Limits`, as JSON); null if that is not understood.
///
/// # Safety
/// `schema` and `limits` point to so many bytes.
#[no_mangle]
pub unsafe extern "C" fn bl_new(
    schema: *const u8,
    schema_length: usize,
    limits: *const u8,
    limits_length: usize,
) -> *mut Handle {
    std::panic::set_hook(Box::new(|_| {}));
    let schema = unsafe { slice::from_raw_parts(schema, schema_length) };
    let limits = unsafe { slice::from_raw_parts(limits, limits_length) };
    match catch_unwind(|| Scanner::new(schema, limits)) {
        Ok(Ok(scanner)) => Box::into_raw(Box::new(Handle(Some(scanner)))),
        _ => ptr::null_mut(),
    }
}

/// Frees a scanner.
///
/// # Safety
/// `handle` comes from `bl_new` and is not used again; null is allowed.
#[no_mangle]
pub unsafe extern "C" fn bl_free(handle: *mut Handle) {
    if !handle.is_null() {
        let handle = unsafe { Box::from_raw(handle) };
        let _ = catch_unwind(AssertUnwindSafe(|| drop(handle)));
    }
}

/// Passes over the requests that begin at `data[at..end]`, which is the place of the file that the last three numbers
/// say; returns why it ended (`Why`).
///
/// # Safety
/// `handle` comes from `bl_new` and is used by one thread at a time, `data` points to `end` bytes, `outcome` to an
/// `Outcome`.
#[no_mangle]
pub unsafe extern "C" fn bl_scan(
    handle: *mut Handle,
    data: *const u8,
    at: usize,
    end: usize,
    separator: i32,
    limit: usize,
    offset: i64,
    line: i64,
    line_offset: i64,
    outcome: *mut Outcome,
) -> i32 {
    let (handle, outcome) = unsafe { (&mut *handle, &mut *outcome) };
    let data = unsafe { slice::from_raw_parts(data, end) };
    (outcome.requests, outcome.consumed, outcome.candidate_length) = (0, 0, 0);
    let Some(scanner) = &mut handle.0 else { return Why::Other as i32 };
    let separator = if separator == 0 { Separator::LineFeed } else { Separator::Comma };
    let begin = Begin { offset, line, line_offset };
    let scan = || scanner.scan(data.get(at..).unwrap_or_default(), separator, limit, begin);
    match catch_unwind(AssertUnwindSafe(scan)) {
        Ok((consumed, why)) => {
            let columns = scanner.columns();
            let (candidate, candidate_length) = scanner.candidate().unwrap_or_default();
            let (candidate_id, candidate_id_end) = scanner.candidate_id();
            *outcome = Outcome {
                requests: columns.offsets.len(),
                consumed,
                size: columns.lengths.iter().sum(),
                offsets: columns.offsets.as_ptr(),
                lengths: columns.lengths.as_ptr(),
                lines: columns.lines.as_ptr(),
                line_offsets: columns.line_offsets.as_ptr(),
                ids: columns.ids.as_ptr(),
                ids_length: columns.ids.len(),
                candidate: at + candidate,
                candidate_length,
                candidate_id,
                candidate_id_end,
                tag: scanner.tag(),
            };
            why as i32
        }
        Err(_) => {
            handle.0 = None;
            Why::Other as i32
        }
    }
}

/// The request at which the last scan ended as new was judged; `tag` numbers what was found, 0 is nothing.
///
/// # Safety
/// `handle` comes from `bl_new` and is used by one thread at a time.
#[no_mangle]
pub unsafe extern "C" fn bl_learn(handle: *mut Handle, tag: u32) {
    let handle = unsafe { &mut *handle };
    if let Some(scanner) = &mut handle.0 {
        if catch_unwind(AssertUnwindSafe(|| scanner.learn(tag))).is_err() {
            handle.0 = None;
        }
    }
}
