//! How fast line-JSON files are scanned: `cargo run --release --example throughput -- SCHEMA LIMITS FILE...`
//!
//! Each new key is taken for clean, each other request is passed over as one that is not usual.

use std::time::Instant;

use batchlint_scanner::scanner::{Begin, Scanner, Separator, Why};

/// Bytes that are scanned by one call, as the package does it.
const CHUNK: usize = 1 << 17;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let schema = std::fs::read(&arguments[0]).expect("a schema");
    let limits = std::fs::read(&arguments[1]).expect("limits");
    for path in &arguments[2..] {
        let data = std::fs::read(path).expect("a file");
        let mut scanner = Scanner::new(&schema, &limits).expect("a schema that is understood");
        let (mut known, mut new, mut other, mut at) = (0, 0, 0, 0);
        let start = Instant::now();
        while at < data.len() {
            let end = line_end(&data, (at + CHUNK).min(data.len() - 1));
            while at < end {
                let begin = Begin { offset: at as i64, line: 1, line_offset: at as i64 };
                let (consumed, why) = scanner.scan(&data[at..end], Separator::LineFeed, usize::MAX, begin);
                known += scanner.columns().offsets.len();
                at += consumed;
                match why {
                    Why::New => {
                        scanner.learn(0);
                        new += 1;
                    }
                    Why::Other | Why::Cut | Why::Known => {
                        at = line_end(&data, at) + 1;
                        other += 1;
                    }
                    Why::End | Why::Limit => {}
                }
            }
            at = at.max(end + 1);
        }
        let seconds = start.elapsed().as_secs_f64();
        let rate = data.len() as f64 / 1e6 / seconds;
        println!("{path}: {rate:.0} MB/s, {known} known, {new} new, {other} others");
    }
}

/// Where the line ends that goes through `at`.
fn line_end(data: &[u8], at: usize) -> usize {
    data[at..].iter().position(|&byte| byte == b'\n').map_or(data.len(), |place| at + place)
}
